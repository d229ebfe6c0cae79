// What can code in this worker not do? Reach the network, store anything, start another worker, or make code of text.
// A worker's file comes without the window's policy in some engines: what is not there needs none.

/** What a worker has and reading a PDF does not need. */
const TAKEN = [
  "fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts",
  "indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "WebAssembly", "eval",
] as const;

for (const name of TAKEN) Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
