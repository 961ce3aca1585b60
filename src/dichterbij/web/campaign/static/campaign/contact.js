/* Only for a visit that came by a campaign link: tells that a phone number or mail address was chosen, nothing else. */
const told = document.currentScript.dataset.address;
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest('a[href^="tel:"], a[href^="mailto:"]');
  if (link && navigator.sendBeacon) navigator.sendBeacon(told);
});
