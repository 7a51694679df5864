/** The person in front of the device: a screen asks, the person presses. */
export type Screen =
  | { readonly kind: 'home' }
  | { readonly kind: 'confirm'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'pin' }
  /** The host is told where the digits stand; row by row from above. */
  | { readonly kind: 'pin-matrix'; readonly pad: readonly string[] }
  | { readonly kind: 'passphrase' }
  /** The host is typing it; pressing confirm here opens the wallet without one. */
  | { readonly kind: 'passphrase-on-host' };

export type Press =
  | { readonly press: 'confirm' }
  | { readonly press: 'cancel' }
  | { readonly type: string }
  /** Nobody is there. */
  | { readonly press: 'nothing' };

export type Person = (screen: Screen) => Press;

/** Confirms everything, and knows PIN and passphrase. */
export const willing =
  (pin: string, passphrase = ''): Person =>
  (screen) => {
    if (screen.kind === 'pin') return { type: pin };
    if (screen.kind === 'passphrase') return { type: passphrase };
    return screen.kind === 'confirm' ? { press: 'confirm' } : { press: 'nothing' };
  };
