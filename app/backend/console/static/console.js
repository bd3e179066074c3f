// Keeps the list live: one EventSource, rows swapped as the server renders them. Without it the page is still right, only not live.
"use strict";
const sheet = document.getElementById("sheet");
const rows = document.getElementById("rows");
const cards = document.getElementById("cards");
const empty = document.getElementById("empty");
const link = document.getElementById("link");
let mark = sheet.dataset.mark;
let loading = 0;

function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content;
}

function swap(message) {
  cards.replaceChildren(element(message.cards));
  if (sheet.dataset.filtered === "yes") {
    loadSoon();
    return;
  }
  const fresh = element(message.html).firstElementChild;
  const old = document.getElementById(message.id);
  const focused = old !== null && old.contains(document.activeElement);
  fresh.classList.add("new");
  if (old) {
    old.replaceWith(fresh);
  } else {
    rows.prepend(fresh);
  }
  if (focused) {
    fresh.querySelector("a").focus();
  }
  empty.hidden = true;
}

// After a broken connection, or under a filter, the whole list is asked for again: what was missed is in it.
function loadSoon() {
  if (!loading) {
    loading = setTimeout(load, 150);
  }
}

async function load() {
  loading = 0;
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  rows.replaceChildren(...page.getElementById("rows").children);
  cards.replaceChildren(...page.getElementById("cards").children);
  empty.hidden = page.getElementById("empty").hidden;
}

function say(words) {
  if (link.textContent !== words) {
    link.textContent = words;
  }
}

function ages() {
  for (const time of rows.querySelectorAll("time")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    let words = sheet.dataset.now;
    if (minutes >= 2880) {
      words = sheet.dataset.days.replace("{n}", Math.floor(minutes / 1440));
    } else if (minutes >= 60) {
      words = sheet.dataset.hours.replace("{n}", Math.floor(minutes / 60));
    } else if (minutes >= 1) {
      words = sheet.dataset.minutes.replace("{n}", minutes);
    }
    const shown = time.firstElementChild;
    if (shown.textContent !== words) {
      shown.textContent = words;
    }
  }
}

function connect() {
  const source = new EventSource(sheet.dataset.stream);
  source.addEventListener("hello", (event) => {
    say(link.dataset.connected);
    if (event.data !== mark) {
      loadSoon();
    }
    mark = event.data;
  });
  source.addEventListener("row", (event) => swap(JSON.parse(event.data)));
  source.addEventListener("reload", loadSoon);
  source.addEventListener("error", () => {
    mark = "";
    say(link.dataset.disconnected);
    // The browser tries again by itself, except after an answer that was no stream (a proxy's error page).
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, 5000);
    }
  });
}

connect();
setInterval(ages, 20000);
