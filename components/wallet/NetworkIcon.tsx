import { LetterIcon, letterColour } from './LetterIcon';

/** Colours of the networks that many know; any other one has the colour of its chain id. */
const KNOWN: Readonly<Record<number, string>> = {
  1: '#5666C8',
  10: '#C4383C',
  56: '#8A6A0B',
  137: '#6C41C9',
  8453: '#2156D9',
  42161: '#2F6E9E',
  43114: '#C0392F',
};

export interface NetworkIconProps {
  readonly chainId: number;
  readonly name: string;
  /** Side in px. */
  readonly size: number;
}

/** A network in a list: a rounded square with the first letter of its name. Tokens have circles. */
export function NetworkIcon({ chainId, name, size }: NetworkIconProps) {
  return <LetterIcon name={name} colour={KNOWN[chainId] ?? letterColour(chainId)} size={size} shape="square" />;
}
