import type { Message } from '../wire/framing';

/** A way to a device that carries whole messages, one end at a time. */
export interface Link {
  /** @throws WalletError `device-disconnected` */
  send(message: Message): Promise<void>;
  /** The next message, in their order. @throws WalletError `device-disconnected`, `device-garbled` */
  receive(): Promise<Message>;
  /** Gives the device back; never throws. */
  close(): Promise<void>;
}
