/** What domain code is handed of the world. */
export const environment = {
  now: () => Date.now(),
  random: (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length)),
  fetch: ((input, init) => fetch(input, init)) satisfies typeof globalThis.fetch,
  // As it is, it would be called on whatever holds it, which Firefox refuses.
  setTimer: (run: () => void, delayMs: number): void => void setTimeout(run, delayMs),
};
