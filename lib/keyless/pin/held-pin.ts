import { utf8 } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';

/** The PIN of what runs or waits to be tried again: in memory only, until nothing can need it any more. */
export function createHeldPin() {
  let held: Secret | null = null;
  const drop = () => {
    held?.wipe();
    held = null;
  };
  return {
    drop,
    hold: (pin: string) => {
      drop();
      held = new Secret(utf8(pin));
    },
    /** Null if none is held. */
    text: (): string | null => held?.use((bytes) => new TextDecoder().decode(bytes)) ?? null,
  };
}
