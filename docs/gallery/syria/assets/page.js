// The page reads without this; it only shows the Print button and opens the tables for printing.
"use strict";
const item = document.getElementById("print");
if (item) {
  item.hidden = false;
  item.querySelector("button").addEventListener("click", () => window.print());
}
