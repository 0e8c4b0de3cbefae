// The landing page: the copy button, and the form that asks for the API key.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
  } catch {
    // Browsers allow the clipboard only on https and localhost: leave the text selected instead.
    getSelection().selectAllChildren(source);
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => {
    button.textContent = "Copy";
  }, 2000);
});

document.addEventListener("submit", async (event) => {
  if (event.target.id !== "unlock") return;
  event.preventDefault();
  const key = document.getElementById("key").value;
  const response = await fetch(location.href, { headers: { Accept: "text/html", "X-API-KEY": key } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const unlocked = page.getElementById("unlock") === null;
  document.getElementById("wrong").hidden = unlocked;
  if (unlocked) document.getElementById("widgets").replaceWith(page.getElementById("widgets"));
});
