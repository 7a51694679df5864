import { Specimens } from './Specimens';

/** Every part in every state, first light, then dark, whatever the system wants. */
export function BothLooks() {
  return (
    <>
      <div className="scheme-light bg-bg text-ink">
        <Specimens />
      </div>
      <div className="scheme-dark bg-bg text-ink">
        <Specimens />
      </div>
    </>
  );
}
