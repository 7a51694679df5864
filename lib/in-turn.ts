/**
 * Runs pieces of work one after the other, each when the one before has settled: for reading, changing and writing back.
 * What a piece gives is not held: the next one may be long in coming, and it may be a secret.
 */
export function inTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.then(forget, forget);
    return result;
  };
}

const forget = (): void => undefined;
