import { Delete } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { Lead } from '@/components/ui/Page';
import { t } from '@/lib/i18n';

const LONGEST_PIN = 9;
/** As keypads number their places, row by row from above. */
const PLACES = ['7', '8', '9', '4', '5', '6', '1', '2', '3'];
const COLUMNS = 3;

export interface PinMatrixFormProps {
  readonly onPinPlaces: (places: string) => void;
}

/** Nine keys without digits: these stand on the device's screen, in another order each time. */
export function PinMatrixForm({ onPinPlaces }: PinMatrixFormProps) {
  const [places, setPlaces] = useState('');
  const add = (place: string) => setPlaces((before) => (before + place).slice(0, LONGEST_PIN));
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (places !== '') onPinPlaces(places);
      }}
    >
      <Lead title={t('hardware.pin.title')} level="section">
        {t('hardware.pin.text')}
      </Lead>
      <div className="flex min-h-11 items-center justify-center gap-2">
        <p role="status" className="font-medium text-body tabular-nums">
          {t('hardware.pin.count', { count: places.length })}
        </p>
        <IconButton label={t('hardware.pin.erase')} onClick={() => setPlaces(places.slice(0, -1))}>
          <Delete aria-hidden="true" size={20} />
        </IconButton>
      </div>
      <div dir="ltr" className="grid grid-cols-3 grid-rows-[repeat(3,50px)] gap-2">
        {PLACES.map((place, at) => (
          <button
            key={place}
            type="button"
            aria-label={t('hardware.pin.place', { row: Math.floor(at / COLUMNS) + 1, column: (at % COLUMNS) + 1 })}
            onClick={() => add(place)}
            className="select-none rounded-key border border-line bg-surface text-key shadow-1 transition-colors hover:bg-hover active:bg-sunken"
          >
            •
          </button>
        ))}
      </div>
      <Button type="submit" variant="primary" disabled={places === ''}>
        {t('hardware.pin.use')}
      </Button>
    </form>
  );
}
