/** What a page may do to its own world before anything else of it runs, and what the provider must still do afterwards. */

export const PRELUDES: Readonly<Record<string, string>> = {
  nothing: '',
  'then on every object': 'Object.prototype.then = () => {}',
  'toJSON on every object': "Object.prototype.toJSON = () => 'polluted'",
  'members of messages on every object':
    "Object.prototype.error = { code: 1 }; Object.prototype.gone = true; Object.prototype.state = {}; Object.prototype.result = 'polluted'",
  'members of requests on every object': "Object.prototype.id = 'polluted'; Object.prototype.data = 'polluted'",
  'no iterators': "Array.prototype[Symbol.iterator] = () => { throw new TypeError('polluted') }",
  'setters on arrays': "Object.defineProperty(Array.prototype, '0', { set() {}, get: () => 'polluted' })",
  'methods of arrays':
    'for (const name of ["push", "map", "forEach", "slice", "concat"]) Array.prototype[name] = () => { throw 1 }',
  'another Promise': 'window.Promise = class {}',
  'then of promises': 'Promise.prototype.then = Promise.prototype.catch = () => {}',
  'no maps': 'window.Map = window.Set = window.WeakMap = window.WeakSet = undefined',
  'other events': 'window.Event = window.CustomEvent = window.MessageEvent = function () {}',
  'another JSON': 'JSON.parse = JSON.stringify = () => { throw 1 }',
  'another Object':
    'for (const name of ["defineProperty", "freeze", "keys", "hasOwn", "entries"]) Object[name] = () => { throw 1 }',
  'another Reflect': 'Reflect.apply = Reflect.get = () => { throw 1 }',
  'methods of functions':
    'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1 }',
  'another port': 'MessagePort.prototype.postMessage = () => {}; window.MessageChannel = class {}',
  'another channel':
    "Object.defineProperty(MessageChannel.prototype, 'port1', { get: () => null }); Object.defineProperty(MessagePort.prototype, 'onmessage', { set() {} })",
  'members of events on every object': 'Object.prototype.source = Object.prototype.ports = 1',
  'events that are not stopped': 'Event.prototype.preventDefault = () => {}',
  'other targets': 'EventTarget.prototype.dispatchEvent = EventTarget.prototype.addEventListener = () => true',
  'data of messages': "Object.defineProperty(MessageEvent.prototype, 'data', { get: () => ({}) })",
  'no timers': 'window.queueMicrotask = window.setTimeout = () => {}',
  'another Error': 'window.Error = function () {}',
  'another provider': "window.ethereum = { request: () => 'polluted' }; Reflect.set(window, 'ethereum', {})",
};

/** Takes what it needs first, runs the prelude, and writes what the provider did into the page. */
export const preludePage = (prelude: string): string => `<title>Prelude</title><output id="out"></output>
<script>
const { apply } = Reflect;
const { then } = Promise.prototype;
const { set } = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
const out = document.getElementById('out');
const NativeError = Error;
const say = (text) => apply(set, out, [text]);
</script>
<script>${prelude}</script>
<script>
let text = '';
const { ethereum } = window;
const ask = (asked, next) =>
  apply(then, ethereum.request(asked), [
    (result) => next('' + (typeof result === 'object' && result !== null ? 'list of ' + result.length : result)),
    (error) => next((error instanceof NativeError ? 'error ' : 'thing ') + error.code),
  ]);
const heard = [];
ethereum.on('connect', () => {});
ask({ method: 'eth_chainId' }, (chainId) => {
  text += chainId;
  ask({ method: 'eth_accounts', params: [] }, (accounts) => {
    text += ' | ' + accounts;
    ask({ method: 'eth_sign', params: ['0x', '0x'] }, (refused) => {
      text += ' | ' + refused;
      ask('eth_chainId', (wrong) => {
        ethereum.sendAsync({ id: 1, method: 'eth_chainId' }, (error, reply) => {
          text += ' | ' + wrong + ' | ' + error + ' ' + reply.result;
          say(text + ' | ' + ethereum.chainId + ' | ' + ethereum.isHalfkey);
        });
      });
    });
  });
});
</script>`;
