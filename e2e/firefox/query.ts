/** What a locator looks for, as it crosses to the page: JSON. */

/** Text as the page objects give it: a part of it in any case, the whole of it, or a pattern. */
export type TextMatch =
  | { readonly kind: 'part' | 'whole'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

/** Each step narrows what the one before has found. */
export type Step =
  | { readonly by: 'role'; readonly role: string; readonly name: TextMatch | null }
  | { readonly by: 'text' | 'label' | 'title'; readonly match: TextMatch }
  | { readonly by: 'css'; readonly selector: string }
  | { readonly by: 'has-text'; readonly match: TextMatch }
  /** Negative from the end. */
  | { readonly by: 'place'; readonly place: number };

export type Query = readonly Step[];

/** What has to be true of it before something is done. `pressable`: in view, still, enabled, and nothing above it. */
export type Condition = 'attached' | 'visible' | 'hidden' | 'editable' | 'pressable';

export function textMatch(text: string | RegExp, exact = false): TextMatch {
  if (text instanceof RegExp) return { kind: 'pattern', source: text.source, flags: text.flags };
  return { kind: exact ? 'whole' : 'part', text };
}

/** For the message when nothing was found. */
export function described(query: Query): string {
  const text = (match: TextMatch) => (match.kind === 'pattern' ? `/${match.source}/${match.flags}` : `"${match.text}"`);
  const one = (step: Step) => {
    if (step.by === 'role') return `${step.role}${step.name === null ? '' : ` ${text(step.name)}`}`;
    if (step.by === 'css') return step.selector;
    return step.by === 'place' ? `number ${step.place}` : `${step.by} ${text(step.match)}`;
  };
  return query.map(one).join(' > ');
}
