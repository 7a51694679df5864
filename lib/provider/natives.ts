/**
 * What the page side uses of the page's world, taken before any script of the page runs: what is changed there later
 * changes nothing here. Iterators, spreading of arrays and methods of prototypes are not used on this side at all.
 *
 * Every document pays for what runs before its scripts: V8 compiles each function by itself when it is first called, so
 * that what runs then is in few. All else is declared (`function`), not an arrow: a declaration that nobody has called is
 * read in outline only.
 */

export const { apply } = Reflect;
export const { defineProperty, freeze, getOwnPropertyDescriptor, hasOwn } = Object;
export const { isArray } = Array;
export const { parse, stringify } = JSON;
export const { queueMicrotask: later } = globalThis;
export const NativePromise = Promise;
export const NativeError = Error;
export const NativeMessageChannel = MessageChannel;
export const NativeMessageEvent = MessageEvent;
export const NativeCustomEvent = CustomEvent;

export const { dispatchEvent } = EventTarget.prototype;
export const { preventDefault, stopImmediatePropagation } = Event.prototype;
export const { postMessage } = MessagePort.prototype;
const { then: nativeThen } = Promise.prototype;

/** A member that browsers give to the prototype. */
interface Accessor<T> {
  get(): T;
  set(value: T): void;
}
type Hear = (event: MessageEvent<unknown>) => void;
export const { get: getData } = getOwnPropertyDescriptor(MessageEvent.prototype, 'data') as Accessor<unknown>;
export const { get: getDetail } = getOwnPropertyDescriptor(CustomEvent.prototype, 'detail') as Accessor<string>;
export const { set: setOnMessage } = getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage') as Accessor<Hear>;
const getPerformance = getOwnPropertyDescriptor(globalThis, 'performance')?.get;
const getPort1 = getOwnPropertyDescriptor(MessageChannel.prototype, 'port1')?.get;
const getPort2 = getOwnPropertyDescriptor(MessageChannel.prototype, 'port2')?.get;

/** Not before it is needed: the browser makes it when it is first read. */
export function performanceOf(window: Window): EventTarget {
  return getPerformance === undefined ? window.performance : apply(getPerformance, window, []);
}
// Node's channels have them by themselves.
export function port1Of(channel: MessageChannel): MessagePort {
  return getPort1 === undefined ? channel.port1 : apply(getPort1, channel, []);
}
export function port2Of(channel: MessageChannel): MessagePort {
  return getPort2 === undefined ? channel.port2 : apply(getPort2, channel, []);
}

/** `promise.then`, whatever the page has made of it. */
export function after(promise: Promise<unknown>, done: (value: never) => unknown, failed: (error: never) => unknown) {
  apply(nativeThen, promise, [done, failed]);
}

/** A member like any other, whatever setters and descriptors the page has given to all objects. */
export function put(object: object, name: string | number, value: unknown): void {
  const descriptor = { __proto__: null, value, enumerable: true, writable: true, configurable: true };
  defineProperty(object, name, descriptor as PropertyDescriptor);
}

/** A promise resolved with an object asks it for `then`: where the page has put one on all objects, it finds none. */
export function inert<T>(result: T): T {
  if (typeof result === 'object' && result !== null && 'then' in result) {
    const descriptor = { __proto__: null, value: undefined, configurable: true, writable: true };
    defineProperty(result, 'then', descriptor as PropertyDescriptor);
  }
  return result;
}

/** A member of a message that is its own: the page can give every object a member of any name. */
export function ownMember<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined {
  return hasOwn(object, name) ? object[name] : undefined;
}
