import { Card, Group } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import type { Review, Risk, TypedRow } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import { DeedFacts } from './DeedFacts';
import { exactAmount, heldText, partyName } from './facts-text';
import { FactRow, Facts, Party } from './Parts';
import { TypedHashes } from './TypedHashes';

type Of<Kind extends Review['kind']> = { readonly review: Extract<Review, { kind: Kind }> };

/** A text of somebody else: in a frame, so that it is never taken for words of ours. */
function Quoted({ children }: { readonly children: string }) {
  return (
    <Card className="p-3.5">
      <p className="whitespace-pre-wrap text-body [overflow-wrap:anywhere]">
        <bdi>{children}</bdi>
      </p>
    </Card>
  );
}

export function MessageBody({ review: { text, cut } }: Of<'message'>) {
  return (
    <Group label={t('approval.text')}>
      {text === null ? <p className="px-0.5 text-ink-2 text-small">{t('approval.bytes')}</p> : <Quoted>{text}</Quoted>}
      {cut > 0 && <p className="px-0.5 text-small text-warn">{t('approval.cut', { count: cut })}</p>}
    </Group>
  );
}

const matches = (risks: readonly Risk[]): boolean =>
  !risks.some(({ kind }) => kind === 'sign-in-domain' || kind === 'phishing-site');

export function SignInBody({ review: { fields, risks } }: Of<'sign-in'>) {
  const { statement, domain, address, uri, chainId, nonce, issuedAt, expiresAt, notBefore, resources } = fields;
  return (
    <>
      {matches(risks) && <Note tone="success" title={t('approval.sign-in.matches')} />}
      {statement !== null && (
        <Group label={t('approval.sign-in.statement')}>
          <Quoted>{statement}</Quoted>
        </Group>
      )}
      <Facts>
        <FactRow label={t('approval.sign-in.domain')}>
          <bdi dir="ltr">{domain}</bdi>
        </FactRow>
        <FactRow label={t('approval.sign-in.account')}>
          <Party party={{ address, name: null, known: 'no', code: 'unknown', delegate: null }} />
        </FactRow>
        <FactRow label={t('approval.sign-in.uri')}>
          <bdi dir="ltr">{uri}</bdi>
        </FactRow>
        <FactRow label={t('approval.sign-in.chain')}>{chainId}</FactRow>
        <FactRow label={t('approval.sign-in.nonce')}>
          <bdi dir="ltr">{nonce}</bdi>
        </FactRow>
        <FactRow label={t('approval.sign-in.issued')}>
          <bdi dir="ltr">{issuedAt}</bdi>
        </FactRow>
        {notBefore !== null && (
          <FactRow label={t('approval.sign-in.not-before')}>
            <bdi dir="ltr">{notBefore}</bdi>
          </FactRow>
        )}
        {expiresAt !== null && (
          <FactRow label={t('approval.sign-in.expires')}>
            <bdi dir="ltr">{expiresAt}</bdi>
          </FactRow>
        )}
        {resources.length > 0 && (
          <FactRow label={t('approval.sign-in.resources')}>
            {resources.map((resource) => (
              <bdi key={resource} dir="ltr" className="block">
                {resource}
              </bdi>
            ))}
          </FactRow>
        )}
      </Facts>
    </>
  );
}

export function TypedDataBody({ review, onDevice }: Of<'typed-data'> & { readonly onDevice: boolean }) {
  const { deed, contract, domainName, rows, moreRows, risks, hashes } = review;
  return (
    <>
      {deed !== null && <DeedFacts deed={deed} held={heldText(risks)} />}
      <Group label={t('approval.text')}>
        {(contract !== null || domainName !== null) && (
          <Facts>
            {domainName !== null && <FactRow label={t('approval.domain')}>{domainName}</FactRow>}
            {contract !== null && (
              <FactRow label={t('approval.contract')}>
                <Party party={contract} />
              </FactRow>
            )}
          </Facts>
        )}
        <Tree rows={rows} label={review.primaryType} />
        {moreRows > 0 && <p className="px-0.5 text-small text-warn">{t('approval.rows-more', { count: moreRows })}</p>}
      </Group>
      {onDevice && hashes !== null && (
        <Group label={t('approval.on-device')}>
          <Card className="grid gap-3 p-3.5">
            <TypedHashes {...hashes} />
          </Card>
          <p className="px-0.5 text-ink-2 text-small">{t('approval.on-device.text')}</p>
        </Group>
      )}
    </>
  );
}

/** Deeper lines stand further in; six steps are the most that there is room for. */
const INDENT_PX = 10;
const DEEPEST = 6;

function Tree({ rows, label }: { readonly rows: readonly TypedRow[]; readonly label: string }) {
  return (
    <Card className="p-3.5">
      <ul aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-1.5 text-small">
        {rows.map(({ depth, name, value, amount, party }, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            key={place}
            style={{ marginInlineStart: INDENT_PX * Math.min(depth, DEEPEST) }}
            className="flex flex-wrap justify-between gap-x-3 [overflow-wrap:anywhere]"
          >
            <bdi dir="ltr" className={value === null ? 'font-medium' : 'text-ink-2'}>
              {name}
            </bdi>
            {value !== null && (
              <span className="ms-auto min-w-0 text-end">
                {amount !== null && <span className="block font-medium">{exactAmount(amount)}</span>}
                {party !== null && party.name !== null && <span className="block font-medium">{partyName(party)}</span>}
                <bdi
                  dir="ltr"
                  className={amount === null && party?.name == null ? 'font-mono' : 'font-mono text-ink-3 text-tiny'}
                >
                  {value}
                </bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
