// The reports that this phone sent, kept only here; silent ones were never written down.
const box = document.getElementById("laporan-saya");
let mine = [];
try { mine = JSON.parse(localStorage.getItem("laporan-saya") || "[]"); } catch { mine = []; }
for (const { code, url, at } of mine) {
  if (!/^\/l\/[\w-]+$/.test(url)) continue;
  const li = document.createElement("li"), a = document.createElement("a");
  a.href = url;
  a.textContent = code;
  li.append(a, ` · ${new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })}`);
  box.querySelector("ul").append(li);
  box.hidden = false;
}
document.getElementById("lupakan").addEventListener("click", () => {
  localStorage.removeItem("laporan-saya");
  box.hidden = true;
});
