/**
 * What is between the values of a JSON text, and its strings; numbers and the like are passed over. A string that does not
 * end reaches to the end of the text, so that each character is read once.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"?|[{}[\]:]/gs;

/**
 * Whether header and claims of a token name every member once (RFC 7519, section 4): otherwise two readers of one token
 * could read two things.
 * @param token a compact JWS whose parts are JSON
 */
export const hasUniqueNames = (token: string): boolean =>
  token
    .split('.')
    .slice(0, 2)
    .every((part) => namesOnce(Buffer.from(part, 'base64url').toString()));

function namesOnce(json: string): boolean {
  /** Names of each object that is open; of a list none. */
  const open: (Set<string> | null)[] = [];
  let before = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const name: string = JSON.parse(before);
      const names = open.at(-1);
      if (names?.has(name)) return false;
      names?.add(name);
    }
    before = token;
  }
  return true;
}
