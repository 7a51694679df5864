import encodeQR from 'qr';
import { useMemo } from 'react';
import { Mark } from './Mark';

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
  /** Side of the code without its tile, px. */
  readonly size?: number;
}

/** Modules kept free in the middle for the mark: at level Q a quarter may be missing, this is about a fortieth. */
const HOLE_SHARE = 0.19;
const EYE_SIZE = 7;

interface Drawing {
  /** Modules a side. */
  readonly size: number;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly eyes: readonly { readonly x: number; readonly y: number }[];
}

/** The code as round dots and three eyes, with a hole in the middle. */
function draw(text: string): Drawing {
  // It draws no code without a border.
  const modules = encodeQR(text, 'raw', { ecc: 'quartile', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
  const size = modules.length;
  const far = size - EYE_SIZE;
  const eyes = [
    { x: 0, y: 0 },
    { x: far, y: 0 },
    { x: 0, y: far },
  ];
  const hole = Math.ceil((size * HOLE_SHARE) / 2);
  const middle = (size - 1) / 2;
  const inHole = (x: number, y: number) => Math.abs(x - middle) < hole && Math.abs(y - middle) < hole;
  const inEye = (x: number, y: number) => eyes.some((eye) => isWithin(x, eye.x) && isWithin(y, eye.y));
  const dots = modules.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark && !inEye(x, y) && !inHole(x, y) ? [{ x, y }] : [])),
  );
  return { size, dots, eyes };
}

const isWithin = (place: number, start: number): boolean => place >= start && place < start + EYE_SIZE;

/** A QR code of level Q: always dark on white, whatever the theme, with the mark in the middle. */
export function QrCode({ text, label, size = 212 }: QrCodeProps) {
  const { size: modules, dots, eyes } = useMemo(() => draw(text), [text]);
  return (
    <div className="relative inline-block rounded-sheet border border-line bg-[#fff] p-[18px] shadow-2 [--color-accent:#2f4ac4] [--color-ink:#1c1a17]">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${modules} ${modules}`}
        width={size}
        height={size}
        fill="#1C1A17"
      >
        {dots.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x + 0.5} cy={y + 0.5} r={0.46} />
        ))}
        {eyes.map(({ x, y }) => (
          <g key={`${x} ${y}`}>
            <rect x={x + 0.5} y={y + 0.5} width={6} height={6} rx={1.7} fill="none" stroke="#1C1A17" />
            <rect x={x + 2} y={y + 2} width={3} height={3} rx={0.8} />
          </g>
        ))}
      </svg>
      <span className="absolute inset-0 grid place-items-center">
        <Mark size={Math.round(size * 0.17)} />
      </span>
    </div>
  );
}
