import { t } from '@/lib/i18n';

export interface TypedHashesProps {
  readonly domainHash: string;
  readonly messageHash: string;
}

/** The two hashes of EIP-712, as a device shows them. */
export function TypedHashes({ domainHash, messageHash }: TypedHashesProps) {
  const hashes = [
    ['hardware.job.domain-hash', domainHash],
    ['hardware.job.message-hash', messageHash],
  ] as const;
  return hashes.map(([label, hash]) => (
    <div key={label} className="grid gap-1">
      <span className="text-ink-2 text-small">{t(label)}</span>
      <span dir="ltr" className="break-all font-mono text-small">
        {hash}
      </span>
    </div>
  ));
}
