// Shows the chosen look before the first picture, fetches the program with progress, and makes the
// page work offline after the first visit.
const root = document.documentElement;
const stored = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const english = stored("anxin.lang") === "en";
root.lang = english ? "en" : "zh-CN";
root.dataset.theme = stored("anxin.theme") ?? "system";
root.dataset.type = stored("anxin.large") === "1" ? "large" : "normal";

const say = (zh, en) => {
  const status = document.getElementById("boot-status");
  if (status) status.textContent = english ? en : zh;
};

// Counts what arrives. The length that a server announces is that of the compressed bytes, so the
// amount is shown and not a share of it.
const counted = (response) => {
  if (!response.body || !globalThis.TransformStream) return response;
  let bytes = 0;
  const count = new TransformStream({
    transform(chunk, next) {
      bytes += chunk.byteLength;
      const kb = Math.round(bytes / 1024);
      say(`正在下载测算程序… ${kb} KB`, `Loading the program… ${kb} KB`);
      next.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
};

const start = async () => {
  // Each room of the page is a program of its own, so that nobody loads what they do not use.
  const files = document.querySelector("script[data-app-js]").dataset;
  const rooms = { preview: "preview", wallet: "wallet", family: "wallet", stories: "wallet" };
  const room = rooms[location.pathname.split("/")[1]] ?? "app";
  const [js, wasm] = [files[`${room}Js`], files[`${room}Wasm`]];
  const fetched = fetch(wasm).then((response) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return counted(response);
  });
  const [program] = await Promise.all([import(js), fetched.catch(() => undefined)]);
  await program.default({ module_or_path: fetched });
};

start().catch((cause) => {
  document.getElementById("boot-progress")?.remove();
  say(
    `没能打开测算程序（${cause.message ?? cause}）。请检查网络后刷新，或换用较新的浏览器。`,
    `The program could not be opened (${cause.message ?? cause}). Check the connection and reload, or use a newer browser.`,
  );
});

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Without it the page works, but not offline.
  });
}
