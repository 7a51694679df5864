import type { ErrorFacts } from '@/lib/bus/snapshot';

/** Which of the two files. */
export type FilePlace = 'vendor' | 'built';

/** A file that was chosen, and what is wrong with it. */
export interface ChosenFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly error: ErrorFacts | null;
}
