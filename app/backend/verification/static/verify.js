// A file dropped anywhere on the box is sent as if it had been chosen. Without this script the form does the same by hand.
"use strict";
const box = document.getElementById("drop");
const file = document.getElementById("file");
const result = document.getElementById("result");

for (const name of ["dragenter", "dragover"]) {
  box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
}
box.addEventListener("dragleave", (event) => {
  if (!box.contains(event.relatedTarget)) {
    box.classList.remove("over");
  }
});
box.addEventListener("drop", (event) => {
  event.preventDefault();
  box.classList.remove("over");
  if (event.dataTransfer.files.length === 1) {
    file.files = event.dataTransfer.files;
    box.requestSubmit();
  }
});
if (result !== null) {
  result.focus();
}
