// Goes on by itself when the turn comes.
const turn = document.querySelector("[data-turn]");
if (turn) {
  const wait = new Date(turn.dateTime) - Date.now();
  setTimeout(() => location.replace(location.href), Math.max(1000, wait + 500));
}
