import { Card } from '@/components/ui/Card';
import { PUBLIC_REVIEWS } from '@/lib/firmware/reviews';
import { t } from '@/lib/i18n';
import { Hash } from './Hash';

/** What was published about versions of the Mini: the reviewers' word, and where it stands. */
export function Reviews() {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2 pt-2">
      <h2 className="font-label text-body">{t('firmware.reviews')}</h2>
      <p className="text-ink-2 text-small">{t('firmware.reviews.text')}</p>
      <Card>
        <ul className="divide-y divide-line">
          {PUBLIC_REVIEWS.map(({ version, verdict, reviewer, source, vendorSha256 }) => (
            <li key={version} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4.5 py-3">
              <div className="grid gap-0.5">
                <p className="font-medium text-body">{t('firmware.review.version', { version })}</p>
                <a
                  href={source}
                  target="_blank"
                  rel="noreferrer"
                  className="rounded-small text-accent-text text-small underline"
                >
                  {t('firmware.review.source', { reviewer })}
                </a>
              </div>
              <Hash value={vendorSha256} />
              <p className="font-mono text-small text-warn">{verdict}</p>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
