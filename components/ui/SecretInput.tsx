import { type ComponentProps, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';

export interface SecretInputProps
  extends Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange' | 'type' | 'ref'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly visibility: 'hidden' | 'shown';
  /** `off` for what no password manager should offer to keep. */
  readonly autoComplete: 'new-password' | 'current-password' | 'off';
  readonly ref?: Ref<HTMLInputElement>;
}

/**
 * An input for a PIN or a password. React writes a controlled value into the `value` attribute, where anything that
 * reads the document finds it; here only the property is set. And browsers keep what stands in a readable field on
 * disk, to restore the page, unless its `autocomplete` is off.
 */
export function SecretInput({ value, onValue, visibility, autoComplete, ref, ...rest }: SecretInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => input.current as HTMLInputElement, []);
  useLayoutEffect(() => {
    const node = input.current;
    if (node !== null && node.value !== value) node.value = value;
  }, [value]);
  return (
    <input
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      {...rest}
      ref={input}
      {...(visibility === 'hidden' ? { type: 'password', autoComplete } : { type: 'text', autoComplete: 'off' })}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}
