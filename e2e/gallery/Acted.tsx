import { type ReactNode, useEffect } from 'react';

export interface ActedProps {
  /** Into the inputs of the page, in their order. */
  readonly typed?: readonly string[];
  /** CSS selector of what is pressed afterwards. */
  readonly pressed?: string;
  readonly children: ReactNode;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** A screen after somebody has done something with it. */
export function Acted({ typed = [], pressed, children }: ActedProps) {
  useEffect(() => {
    const act = async () => {
      const inputs = [...document.querySelectorAll<HTMLInputElement>('#root input:not([type=radio])')];
      for (const [place, text] of typed.entries()) {
        const input = inputs[place];
        if (input === undefined) continue;
        // Past React, which watches the property of the element itself.
        Reflect.set(HTMLInputElement.prototype, 'value', text, input);
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      await nextFrame();
      if (pressed !== undefined) document.querySelector<HTMLElement>(pressed)?.click();
    };
    act();
  }, [typed, pressed]);
  return children;
}
