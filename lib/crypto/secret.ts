/**
 * Bytes that must not wander: reachable only inside `use`, invisible to JSON, string conversion and structured
 * cloning, and overwritten by `wipe`. JavaScript may have made copies elsewhere; see docs/threat-model.md.
 */
export class Secret {
  #bytes: Uint8Array | null;

  /** Takes ownership of `bytes`: the caller keeps no other reference. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Lends the bytes to `work`, which must not keep them. @throws if wiped. */
  use<Result>(work: (bytes: Uint8Array) => Result): Result {
    if (!this.#bytes) throw new Error('secret was wiped');
    return work(this.#bytes);
  }

  /** Overwrites the bytes. Safe to call twice. */
  wipe(): void {
    this.#bytes?.fill(0);
    this.#bytes = null;
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }
}
