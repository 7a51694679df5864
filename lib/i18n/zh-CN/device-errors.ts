/** Hardware wallets and firmware files, in simplified Chinese. */
import type { ErrorText, ErrorTexts } from '../language';

type DeviceCode = Extract<keyof ErrorTexts, `device-${string}` | 'bad-firmware'>;

const NOTHING_LOST = '没有任何损失。';
const NOTHING_SIGNED = '没有签名任何内容。';

/** What a device cannot take, by the reason beside the code. */
const DEVICE_LIMITS: Readonly<Record<string, string>> = {
  trezor: '这是 Trezor，不是 OneKey Mini',
  'other-onekey': '这台 OneKey 不是 Mini',
  eip2930: '设备不签名这种旧类型的交易（EIP-2930）',
  data: '交易的数据超出设备能接受的大小',
  'access-list': '访问列表超出设备能接受的长度',
  message: '消息超出设备能接受的长度',
  'typed-data': '设备不签名这类数据',
};

const NEXT: Readonly<Record<string, string>> = {
  undefined: '更新的固件也许可以。',
  trezor: 'Trezor 通过 Trezor Suite 连接，需用 Chrome 或 Chromium。',
};

/** By the reason beside the code. */
const FIRMWARE_FAULTS: Readonly<Record<string, string>> = {
  empty: '文件是空的',
  'too-large': '文件超过 8 MiB，这类固件没有这么大的',
  'not-firmware': '这不是这一系列设备的固件映像',
  truncated: '文件比文件头所说的短',
  'too-short': '映像小于设备能接受的最小值',
  'trailing-bytes': '文件比文件头所说的长',
  'too-long': '文件头所说的长度超出了十六个分块',
  'other-family': '两个文件属于不同系列的设备',
  'same-file': '两个文件是逐字节相同的映像',
};

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

export const deviceErrors: Omit<Pick<ErrorTexts, DeviceCode>, 'device-unlock-needed'> = {
  'device-not-chosen': text('没有选择设备', NOTHING_LOST, '请插上设备，然后在浏览器的列表中选择它。'),
  'device-no-bridge': ({ reason }) => ({
    title: reason === 'origin' ? '桥接程序不回应这个扩展' : '这台电脑上没有桥接程序回应这个扩展',
    lost: NOTHING_LOST,
    next: 'Chrome 和 Chromium 通过 USB 连接设备，无需桥接。',
  }),
  'device-no-suite': text(
    'Trezor Suite 没有回应',
    NOTHING_SIGNED,
    '请允许这个钱包与 suite.trezor.io 通信，并在完成之前不要关闭那里打开的标签页。',
  ),
  'device-in-use': text(
    '另一个程序正在使用设备',
    NOTHING_LOST,
    '请关闭 OneKey 应用、Trezor Suite 和其他钱包，然后重试。',
  ),
  'device-disconnected': text('设备没有连接', NOTHING_SIGNED, '请插上设备，然后重试。'),
  'device-bootloader': text('设备处于引导程序中', NOTHING_LOST, '请拔下设备，再插上，不要按任何按钮。'),
  'device-empty': text('设备上没有钱包', NOTHING_LOST, '请先用它自己的应用设置好。'),
  'device-unsupported': ({ reason }) => ({
    title: DEVICE_LIMITS[String(reason)] ?? '设备的固件做不到这一点',
    lost: NOTHING_SIGNED,
    next: NEXT[String(reason)] ?? '请使用另一台设备或另一个账户。',
  }),
  'device-cancelled': text('已在设备上取消', NOTHING_SIGNED, '你可以随时重新开始。'),
  'device-page-closed': text('询问设备的页面已关闭', NOTHING_SIGNED, '在设备确认之前，请不要关闭它。'),
  'device-pin-wrong': text('这不是设备的 PIN', NOTHING_SIGNED, '请重试。错误次数过多，设备会清空自己。'),
  'device-refused': text('设备拒绝了', NOTHING_SIGNED, '请检查要签名的内容，然后重试。'),
  'device-wrong-wallet': ({ expectedAddress, actualAddress }) => ({
    title: '设备上打开的是另一个钱包',
    lost: NOTHING_SIGNED,
    next: `这个账户是 ${expectedAddress ?? '另一个'}，设备上的是 ${actualAddress ?? '另一个'}。请使用正确的设备和密语。`,
  }),
  'device-silent': text('设备没有回应', NOTHING_SIGNED, '如果它刚才要求输入 PIN，可能已在设备上取消。请重试。'),
  'device-garbled': text('设备的回应无法理解', NOTHING_SIGNED, '请重新插上设备，然后重试。'),
  'device-misbehaved': text(
    '设备给出了错误的回应',
    '它已被丢弃，没有任何内容离开这台电脑。',
    '在弄清原因之前不要使用这台设备。它的签名不是该账户的签名。',
  ),

  'bad-firmware': ({ reason }) => ({
    title: FIRMWARE_FAULTS[String(reason)] ?? '无法比较该文件',
    lost: '没有进行比较。',
    next:
      reason === 'same-file'
        ? '一边选择厂商的文件，另一边选择你自己编译的文件。'
        : '选择另一个文件：厂商发布的，或者你编译得到的。',
  }),
};
