// While the rules are not applied yet: looks a few times whether they are, and then shows the page as it is now.
const watched = document.querySelector("[data-watch]");
let looks = 20;
const look = async () => {
  const answer = await fetch(location.href).catch(() => null);
  const page = answer && answer.ok ? await answer.text() : "data-watch";
  if (!page.includes("data-watch")) location.reload();
  else if (--looks) setTimeout(look, 3000);
};
if (watched) setTimeout(look, 2000);
