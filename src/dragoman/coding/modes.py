"""How violence was done, where the frame leaves it open: by the weapons and people named beside it."""

from __future__ import annotations

from dragoman.coding.arguments import heads
from dragoman.coding.triggers import Trigger
from dragoman.model import Parse

WORDS = {
    "suicide-attack": "suicide",
    "drone": "drone drones unmanned uav",
    "aerial": "airstrike airstrikes warplane warplanes jet jets bomber aircraft plane planes air-raid helicopter helicopters gunship gunships",
    "heavy-weapons": "artillery rocket rockets missile missiles mortar mortars tank tanks shelling howitzer warship gunboat",
    "explosives": "bomb bombs ied explosive explosives mine landmine grenade grenades car-bomb blast",
    "firearms": "gunman gunmen gun guns rifle rifles pistol gunfire gunbattle gunfight shooting shootout sniper machine-gun firefight bullet",
    "primitive": "knife knives machete machetes axe sword stone stones club spear arrow",
    "crowd-control": "teargas baton batons cannon truncheon pepper",
}
MODE_OF = {word: mode for mode, words in WORDS.items() for word in words.split()}
ORDER = tuple(WORDS)


def implied_mode(parse: Parse, trigger: Trigger) -> str | None:
    """The mode of an ASSAULT that its subject, obliques and modifiers imply; the most telling first; None where they imply none."""
    args = trigger.args
    near = {trigger.token.i, *heads((args.subject, args.owner)), *args.modifiers, *(i for _, i in args.obliques)}
    near |= {k.i for i in tuple(near) for k in parse.kids(i, "compound", "amod", "nmod")}
    found = {
        MODE_OF[word]
        for i in near
        if (word := parse.tokens[i].lemma.lower()) in MODE_OF or (word := parse.tokens[i].lower) in MODE_OF
    }
    return next((mode for mode in ORDER if mode in found), None)
