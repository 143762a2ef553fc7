// Counts on from the server's time, and looks again every five seconds unless somebody is at work in the part
// that would change. Without it the page still says the minutes, and a link looks again.
(() => {
  const pad = (n) => String(n).padStart(2, "0");
  let seen = null, since = 0;
  const tick = () => {
    const clock = document.querySelector(".clock[data-used]");
    if (!clock) { seen = null; return; }
    if (clock !== seen) { seen = clock; since = performance.now(); }
    const used = Number(clock.dataset.used) + Math.floor((performance.now() - since) / 1000);
    const planned = Number(clock.dataset.planned);
    const words = clock.querySelector("[data-clock]");
    if (words) { words.textContent = `${Math.floor(used / 60)}:${pad(used % 60)}`; }
    clock.classList.toggle("is-over", used > planned);
  };
  const isBusy = (part) =>
    part.contains(document.activeElement) || part.querySelector("details[open]") !== null;
  const look = () => {
    const part = document.getElementById("now");
    if (part && !document.hidden && !isBusy(part)) { part.dispatchEvent(new Event("look")); }
  };
  setInterval(tick, 1000);
  setInterval(look, 5000);
})();
