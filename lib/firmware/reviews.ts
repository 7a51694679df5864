/** Versions of the OneKey Mini's firmware that somebody outside has built and compared, with what they published. */
export interface PublicReview {
  readonly version: string;
  /** SHA-256 of the vendor's file, in hex. */
  readonly vendorSha256: string;
  /** SHA-256 of the reviewers' build. */
  readonly builtSha256: string;
  /** The reviewers' own word. */
  readonly verdict: 'nonverifiable';
  readonly reviewer: string;
  readonly source: string;
}

export const PUBLIC_REVIEWS: readonly PublicReview[] = [
  {
    version: '3.9.0',
    vendorSha256: '70134b755f3246621b67029a11c5913c782e698ccf3a36aa736e8a73832f41f0',
    builtSha256: '710186dec742eb0a27ff23a762d257a2cb60e565cc3f6fc8380a5e10f0d882b0',
    verdict: 'nonverifiable',
    reviewer: 'WalletScrutiny',
    source: 'https://github.com/OneKeyHQ/firmware/issues/579',
  },
  {
    version: '3.0.0',
    vendorSha256: '88b76f05d95e6718d0bf3d4dabb12cf2403cfed91c351008441fe2a33b1cd9ae',
    builtSha256: 'afd46d3dc8d871dd8ff1310459e25474725260602b77d3fa5d183e9fdfb5bedc',
    verdict: 'nonverifiable',
    reviewer: 'WalletScrutiny',
    source: 'https://walletscrutiny.com/hardware/onekeymini',
  },
];

/** What was published about exactly this file. */
export const reviewOf = (fullSha256: string): PublicReview | undefined =>
  PUBLIC_REVIEWS.find(({ vendorSha256 }) => vendorSha256 === fullSha256);
