/** The English texts of the page that compares firmware. */
import type { Format } from './format';

const bytes = (count: number, f: Format) =>
  f.plural(count, { one: `${f.number(count)} byte`, other: `${f.number(count)} bytes` });

export const firmwareMessages = {
  'firmware.title': 'Compare firmware',
  'firmware.detail': 'The maker’s file of a OneKey Mini or Trezor One, and your own build',
  'firmware.local': 'Everything stays on this computer',
  'firmware.to-wallet': 'Back to the wallet',
  'firmware.intro.title': 'Does the source make this firmware?',
  'firmware.intro.text':
    'Choose the file that the vendor distributes, and one that you built from the published source. Every byte that differs is shown, with what it is. No device is needed.',
  'firmware.vendor': 'From the vendor',
  'firmware.built': 'Your build',
  'firmware.choose.vendor': 'Choose the vendor’s file',
  'firmware.choose.built': 'Choose your build',
  'firmware.choose.again': 'Another file',
  'firmware.drop': 'Or drop it here.',
  'firmware.comparing': 'Comparing',
  'firmware.sha256': 'SHA-256',
  'firmware.size': ({ bytes: count }: { bytes: number }, f: Format) => bytes(count, f),
  'firmware.signed': ({ valid, keys }: { valid: number; keys: number }) => `signed ${valid} of ${keys}`,
  'firmware.unsigned': 'not signed',
  'firmware.signatures.valid': 'Signatures valid',
  'firmware.signatures.invalid': 'Signatures not valid',
  'firmware.signatures.none': 'No signatures',
  'firmware.signatures.wrong.title': 'The vendor’s keys did not sign this file.',
  'firmware.signatures.wrong.text':
    'A device warns before it runs it. Look where the file came from before anything else.',
  'firmware.from-commit': ({ commit }: { commit: string }) => `From commit ${commit}`,
  'firmware.commit.same': 'Same commit as theirs',
  'firmware.commit.other': 'Another commit than theirs',
  'firmware.commit.read': 'Read from both files',
  'firmware.flash.title': 'One of the images is larger than the flash of the device.',
  'firmware.reserved.title': 'Reserved bytes of the header are not zero.',
  'firmware.reserved.text': ({ places }: { places: string }) => `They should be: ${places}.`,
  'firmware.stale.title': 'A chunk hash of the header is not that of its content.',
  'firmware.stale.text': ({ chunks }: { chunks: string }) => `A device refuses such an image. Chunks: ${chunks}.`,

  'firmware.verdict.reproducible': 'Reproducible (only signatures differ)',
  'firmware.verdict.reproducible.text':
    'Without the signatures, which only the vendor can make, both files are equal. The source that you built makes this firmware.',
  'firmware.verdict.build-date-only': ({ bytes: count }: { bytes: number }, f: Format) =>
    `Differs only in build date: ${bytes(count, f)}, all accounted for`,
  'firmware.verdict.build-date-only.text':
    'Digits of the date, and the checksum of the chunk that holds it. The code itself is equal. Still, it is not the same file, so we do not call it reproducible.',
  'firmware.verdict.not-reproducible': ({ bytes: count }: { bytes: number }, f: Format) =>
    `Not reproducible: ${bytes(count, f)} unexplained`,
  'firmware.verdict.not-reproducible.text':
    'Another commit, another compiler or other options can do that. So can code that is not in the source. Nothing here tells which.',
  'firmware.save': 'Save report',
  'firmware.save.results': 'Save results (YAML)',

  'firmware.chunks': 'Sixteen chunks of 64 KiB',
  'firmware.chunk.equal': 'Equal',
  'firmware.chunk.explained': 'Different, explained',
  'firmware.chunk.unexplained': 'Different, unexplained',
  'firmware.chunk.unused': 'Unused',
  'firmware.chunk.label': ({ chunk, state }: { chunk: number; state: string }) => `Chunk ${chunk}: ${state}`,

  'firmware.differences': 'What differs',
  'firmware.group.signatures': 'Signature slots',
  'firmware.group.signatures.detail': 'The vendor signs. You cannot.',
  'firmware.group.chunk-hash': ({ chunk }: { chunk: number }) => `Checksum of chunk ${chunk}`,
  'firmware.group.chunk-hash.detail': 'Follows from what differs in the chunk.',
  'firmware.group.chunk-hash.wrong': 'It is not that of the content.',
  'firmware.group.build-date': 'Build date',
  'firmware.group.build-date.detail': ({ vendor, built }: { vendor: string; built: string }) =>
    `${vendor} in theirs, ${built} in yours.`,
  'firmware.group.scm-revision': 'Commit',
  'firmware.group.scm-revision.detail': 'The two were built from different commits.',
  'firmware.group.reset-handler': 'Address of the reset handler',
  'firmware.group.reset-handler.detail': 'It moves when the layout of the code does.',
  'firmware.group.header': 'Header',
  'firmware.group.code': ({ chunk }: { chunk: number }) => `Code in chunk ${chunk}`,
  'firmware.group.places': ({ places }: { places: number }, f: Format) =>
    f.plural(places, { one: 'In one place.', other: `In ${f.number(places)} places.` }),
  'firmware.unexplained': 'Unexplained',
  'firmware.flash': ({ address }: { address: string }) => `flash ${address}`,
  'firmware.place': ({ place, places }: { place: number; places: number }, f: Format) =>
    `${f.number(place)} of ${f.number(places)}`,
  'firmware.place.previous': 'Previous place',
  'firmware.place.next': 'Next place',
  'firmware.rows.more': ({ rows }: { rows: number }, f: Format) =>
    f.plural(rows, { one: 'One row more', other: `${f.number(rows)} rows more` }),
  'firmware.theirs': 'Vendor',
  'firmware.yours': 'Yours',
  'firmware.masked.signatures': 'With the signatures masked, the files are equal',
  'firmware.masked.date': 'With date, checksum and signatures masked, the files are equal',
  'firmware.masked.not': 'With the signatures masked, the files still differ',

  'firmware.header': 'The header, field by field',
  'firmware.hashes': 'Hashes and signatures',
  'firmware.hash.masked': 'Without signatures',
  'firmware.hash.code': 'Code alone',
  'firmware.hash.fingerprint': 'Fingerprint, which is signed',
  'firmware.slot': ({ slot, index }: { slot: number; index: number }) => `Signature ${slot}, key ${index}`,
  'firmware.slot.valid': 'valid',
  'firmware.slot.invalid': 'not valid',
  'firmware.slot.empty': 'empty',

  'firmware.reviews': 'Versions of the OneKey Mini that others have reviewed in public',
  'firmware.reviews.text': 'The verdicts are the reviewers’ own. What you compare here is judged on its own.',
  'firmware.review.version': ({ version }: { version: string }) => `Version ${version}`,
  'firmware.review.source': ({ reviewer }: { reviewer: string }) => `Review by ${reviewer}`,
  'firmware.review.this': 'This is the file of a public review',
  'firmware.review.verdict': ({ verdict }: { verdict: string }) => `Its verdict: ${verdict}`,

  'device-report.title': 'What runs on your device',
  'device-report.text': 'A OneKey Mini can be asked for its version and, from 3.0.0 on, for a hash of all its flash.',
  'device-report.ask': 'Ask a OneKey Mini',
  'device-report.ask-again': 'Ask again',
  'device-report.bridge': 'Ask by a bridge program',
  'device-report.asking': 'Asking the device',
  'device-report.no-usb':
    'This browser reaches no USB devices. Open this page in Chrome or Chromium to ask yours, or try a bridge program.',
  'device-report.flash.same': 'Your device says that it runs the vendor’s file',
  'device-report.flash.other': 'Your device says that it runs something else',
  'device-report.flash.unknown': 'This firmware cannot be asked for its hash',
  'device-report.no-proof': 'Reported by the device: its own report, not proof. Firmware that lies can say this, too.',
  'device-report.serial': 'Serial number',
  'device-report.version': 'Firmware',
  'device-report.build': 'Build',
  'device-report.commit': 'Commit',
  'device-report.bootloader': 'Boot loader',
};
