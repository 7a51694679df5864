/**
 * What the page side uses of the page's world, taken before any script of the page runs: what is changed there later
 * changes nothing here. Iterators, spreading of arrays and methods of prototypes are not used on this side at all.
 */

const { apply } = Reflect;

export const { defineProperty, freeze, hasOwn } = Object;
export const { isArray } = Array;
export const NativePromise = Promise;
export const NativeError = Error;
export const NativeMessageChannel = MessageChannel;
export const NativeMessageEvent = MessageEvent;
export const NativeCustomEvent = CustomEvent;
export const later = queueMicrotask.bind(globalThis);
export const parse = JSON.parse.bind(JSON);
export const stringify = JSON.stringify.bind(JSON);

const { then: nativeThen } = Promise.prototype;
const { postMessage } = MessagePort.prototype;
const { preventDefault, stopImmediatePropagation } = Event.prototype;
const { dispatchEvent } = EventTarget.prototype;
const accessorOf = (prototype: object, name: string) => Object.getOwnPropertyDescriptor(prototype, name);
/** Reads a member that browsers give to the prototype. */
const reader = <Name extends string>(prototype: object, name: Name) => {
  const get = accessorOf(prototype, name)?.get;
  return <T>(object: Readonly<Record<Name, T>>): T => (get === undefined ? object[name] : apply(get, object, []));
};
/** Reads it later: the browser makes what is there when it is first read. */
export const performanceOf = (window: Window): (() => EventTarget) => {
  const get = accessorOf(window, 'performance')?.get;
  return () => (get === undefined ? window.performance : apply(get, window, []));
};
const listen = accessorOf(MessagePort.prototype, 'onmessage')?.set;

export const dataOf = reader(MessageEvent.prototype, 'data');
export const detailOf = reader(CustomEvent.prototype, 'detail');
export const port1Of = reader(MessageChannel.prototype, 'port1');
export const port2Of = reader(MessageChannel.prototype, 'port2');
export const post = (port: MessagePort, message: unknown): void => apply(postMessage, port, [message]);
export const dispatch = (target: EventTarget, event: Event): boolean => apply(dispatchEvent, target, [event]);
/** Takes an event for oneself: nobody else hears it, and who dispatched it is told. */
export const take = (event: Event): void => {
  apply(stopImmediatePropagation, event, []);
  apply(preventDefault, event, []);
};
export const listenTo = (port: MessagePort, hear: (event: MessageEvent<unknown>) => void): void => {
  if (listen !== undefined) apply(listen, port, [hear]);
};

/** `promise.then`, whatever the page has made of it. */
export const after = (
  promise: Promise<unknown>,
  done: (value: never) => unknown,
  failed: (error: never) => unknown,
) => {
  apply(nativeThen, promise, [done, failed]);
};

export const run = (listener: (...values: never[]) => unknown, values: readonly unknown[]): unknown =>
  apply(listener, undefined, values);

/** A member like any other, whatever setters and descriptors the page has given to all objects. */
export const put = (object: object, name: string | number, value: unknown): void => {
  const descriptor = { __proto__: null, value, enumerable: true, writable: true, configurable: true };
  defineProperty(object, name, descriptor as PropertyDescriptor);
};

/** A promise resolved with an object asks it for `then`: where the page has put one on all objects, it finds none. */
export const inert = <T>(result: T): T => {
  if (typeof result === 'object' && result !== null && 'then' in result) {
    const descriptor = { __proto__: null, value: undefined, configurable: true, writable: true };
    defineProperty(result, 'then', descriptor as PropertyDescriptor);
  }
  return result;
};

/** Made when it is first asked for. */
export const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** A place for things by name that no prototype reaches into. */
export const dictionary = <T>(): Record<string, T> => ({ __proto__: null }) as unknown as Record<string, T>;

/** A member of a message that is its own: the page can give every object a member of any name. */
export const ownMember = <T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined =>
  hasOwn(object, name) ? object[name] : undefined;
