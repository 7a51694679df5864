/** Whether a server should be sent requests: not before it can do its work, and not while it stops. */

/** Throws, or takes too long, when what it asks for cannot be used. */
export type Check = () => Promise<void>;

export interface Readiness {
  /** Names of what is not in order; empty when ready. */
  failing(): Promise<string[]>;
  /** From now on not ready. */
  stop(): void;
}

const CHECK_TIMEOUT_MS = 2_000;
/** Anybody may ask: the answer is worked out at most this often. */
const FRESH_MS = 1_000;

/** @param checks by the name that a probe is told */
export function createReadiness(checks: Readonly<Record<string, Check>>, now: () => number = Date.now): Readiness {
  let stopping = false;
  let last: { atMs: number; failing: Promise<string[]> } | null = null;
  const ask = async () => {
    const failed = Object.entries(checks).map(async ([name, check]) => ((await holds(check)) ? [] : [name]));
    return (await Promise.all(failed)).flat();
  };
  return {
    failing: async () => {
      if (stopping) return ['stopping'];
      if (last === null || now() - last.atMs >= FRESH_MS) last = { atMs: now(), failing: ask() };
      return last.failing;
    },
    stop: () => {
      stopping = true;
    },
  };
}

async function holds(check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, false);
  });
  const held = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([held, late]);
  } finally {
    clearTimeout(timer);
  }
}
