// Files of this site that stay on the device, so that a document can be made without a connection.

const NAME = "commons-workshop-1";
// Milliseconds.
const PATIENCE = 8000;

const open = async () => { try { return await caches.open(NAME); } catch { return null; } };

/** Whether a file is on the device already. */
export async function isKept(address) {
  const kept = await open();
  return Boolean(await kept?.match(address));
}

/** Keep the pages of the workshop too, with all that they print from (workshop/keeper.js); gives whether the browser does. */
export async function keepPages(root) {
  try {
    const found = await navigator.serviceWorker.register(`${root}workshop/keeper.js`, { updateViaCache: "none" });
    const coming = found.installing ?? found.waiting;
    if (!coming) return Boolean(found.active);
    return await new Promise((resolve) => {
      coming.addEventListener("statechange", () => { if (["activated", "redundant"].includes(coming.state)) resolve(coming.state === "activated"); });
    });
  } catch { return false; }  // no server, no secure connection, or a browser that keeps nothing
}

export async function pagesKept(root) {
  try { return (await navigator.serviceWorker.getRegistration(`${root}workshop/`))?.active?.state === "activated"; } catch { return false; }
}

/** The newest copy that can be had: from the site, else from the device; throws where there is neither. */
export async function fresh(address) {
  const kept = await open();
  const held = await kept?.match(address);
  try {
    // Where there is a copy, a connection that hangs is no connection.
    const answer = await fetch(address, held ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (answer.ok) {
      await kept?.put(address, answer.clone()).catch(() => {});
      return answer;
    }
    if (answer.status === 404 || answer.status === 410) await kept?.delete(address);
    throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  } catch (error) {
    if (held && !error.status) return held;
    throw error;
  }
}

export const freshJson = async (address) => (await fresh(address)).json();

/** A file that never changes under its address, as bytes: from the device, else from the site; `loaded` hears of the
 *  bytes as they come. Other versions of the same file go. */
export async function once(address, loaded = () => {}) {
  const kept = await open();
  const found = await kept?.match(address);
  if (found) return new Uint8Array(await found.arrayBuffer());
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const chunks = [];
  let size = 0;
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    loaded(value.length);
  }
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const whole = Number(new URL(address).searchParams.get("bytes"));
  if (whole && whole !== size) throw new Error(`${address}: ${size} of ${whole} bytes`);
  // A device that is full keeps nothing; the document is made all the same.
  await kept?.put(address, new Response(bytes)).catch(() => {});
  for (const old of (await kept?.keys().catch(() => [])) ?? []) {
    if (old.url !== address && old.url.split("?")[0] === address.split("?")[0]) await kept.delete(old);
  }
  return bytes;
}
