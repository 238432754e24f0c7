// The workshop without a connection, for readers who have made a PDF on this device: a service worker for `workshop/` alone.
// Everything comes from the site where it answers, so that nobody reads an old page, and from the device where it does not.
// `kept.js` is written by the build (macros/print/keeping.py): the files, the data of all entries, and a version of both.

importScripts("kept.js");
const { version, files, data } = self.KEPT;
// Sites that share a host share its caches, so the name says whose they are.
const OURS = `commons-workshop ${registration.scope} `;
// Milliseconds.
const PATIENCE = 5000;

const root = new URL("..", registration.scope).href;
const addresses = new Set(files.map((file) => new URL(file, root).href));
const one = new RegExp(`^${registration.scope.replace(/[^\w/:]/g, "\\$&")}((?:entries|bundles)/[a-z0-9-]+\\.json)$`);
// Pages that came from the device, and their workers: all that they ask for comes from there too, of the same version.
const away = new Set();
let everything;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const [address] = event.request.url.split(/[?#]/);
  if (event.request.method === "GET" && (addresses.has(address) || (data && one.test(address)))) event.respondWith(answer(event, address));
});

async function install() {
  const cache = await caches.open(OURS + version);
  await cache.addAll([...addresses].map((address) => new Request(address, { cache: "no-cache" })));
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== OURS + version) await caches.delete(name);
  await clients.claim();
}

async function answer(event, address) {
  const { request, clientId, resultingClientId } = event;
  try {
    if (request.mode !== "navigate" && away.has(clientId)) throw new Error("away");
    return await Promise.race([fetch(request), new Promise((_, refuse) => { setTimeout(refuse, PATIENCE); })]);
  } catch {
    const held = await ofDevice(address);
    if (!held) return fetch(request);
    if (resultingClientId) away.add(resultingClientId);
    return held;
  }
}

async function ofDevice(address) {
  const found = await (await caches.open(OURS + version)).match(address);
  return found ?? (one.test(address) ? alone(one.exec(address)[1]) : undefined);
}

/** What paper says of one entry or bundle, out of the file that has all of them. */
async function alone(name) {
  everything ??= whole();
  const found = (await everything)[name];
  return found ? Response.json(found) : new Response(null, { status: 404 });
}

async function whole() {
  const packed = await (await (await caches.open(OURS + version)).match(new URL(data, root))).blob();
  const [first, second] = new Uint8Array(await packed.slice(0, 2).arrayBuffer());
  // A server may have unpacked the file on its way.
  const plain = first === 0x1f && second === 0x8b ? packed.stream().pipeThrough(new DecompressionStream("gzip")) : packed;
  return new Response(plain).json();
}
