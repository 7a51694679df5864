/** Each code of the closed list, in simplified Chinese. */

import type { ErrorDetails } from '@/lib/errors';
import type { Format } from '../format';
import type { ErrorText, ErrorTexts } from '../language';
import { failsToStore } from '../storing';
import { deviceErrors } from './device-errors';

const NOTHING_LOST = '没有任何损失。';
const RETRY = '请稍后再试。';

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

const TAMPERED = text(
  '这份备份不是你做的那一份',
  '没有打开它，什么都没有改变。',
  '不要在这里继续。钱包仍然解锁着的另一台设备上，一切都在。',
);

const LEFT_BEHIND = '你的认证器里可能留下一个名为 Halfkey 的通行密钥。它什么也打不开，可以在那里删除。';

function nextMoment({ nextAtMs }: ErrorDetails, f: Format): string {
  return nextAtMs === undefined ? RETRY : `${f.day(nextAtMs)} ${f.time(nextAtMs)} 后可再试。`;
}

export const errors: ErrorTexts = {
  'sign-in-cancelled': text('登录已取消', NOTHING_LOST, '可以随时重新开始。'),
  'sign-in-failed': text('登录没有成功', NOTHING_LOST, '请重试，或换一个登录方式。'),
  'sign-in-expired': text('登录已过期', '没有任何损失，也没有用掉机会。', '请重新登录。'),
  'other-account': text(
    '这是另一个账户',
    NOTHING_LOST,
    '这台设备上是另一个账户的钱包。请用那个账户登录，或先从这台设备退出。',
  ),

  offline: text('没有网络', NOTHING_LOST, '联网后请重试。'),
  'identity-unreachable': text('登录服务没有答复', NOTHING_LOST, RETRY),
  'relay-unreachable': text('登录中继没有答复', NOTHING_LOST, RETRY),
  'vault-unreachable': text('保管库没有答复', NOTHING_LOST, RETRY),
  'issuer-unreachable': text('签发方没有答复', NOTHING_LOST, RETRY),
  'realms-unreachable': text('答复的守护方太少', NOTHING_LOST, RETRY),
  'too-many-requests': (details, f) => ({ title: '太频繁了', lost: NOTHING_LOST, next: nextMoment(details, f) }),
  'update-the-app': text('这个版本太旧', NOTHING_LOST, '你的备份由更新的版本创建。请更新扩展程序，再继续。'),
  'servers-disagree': text(
    '服务器之间不一致',
    '没有询问 PIN，也没有用掉机会。',
    '保管库和签发方对你的备份说法不同。弄清楚之前，不要在这里继续。',
  ),
  'unsigned-status': text(
    '备份上没有你的签名',
    '这台设备上的钱包没有受到影响。',
    '可能有人替换了备份。如果你无法解释，请把资产转到新钱包。',
  ),
  'party-misbehaved': ({ party }) => ({
    title: party === undefined ? '一台服务器给出了错误的答复' : `${party} 给出了错误的答复`,
    lost: '答复已被拒绝，没有任何损失。',
    next: '弄清楚之前，不要在这里继续。',
  }),

  'backup-exists': text('已经有一份备份', NOTHING_LOST, '请用 PIN 恢复它。'),
  'backup-not-found': text('这个账户没有备份', NOTHING_LOST, '是另一个账户吗？请用那个登录。'),
  'reserved-elsewhere': (details, f) => ({
    title: '另一台设备正在创建钱包',
    lost: NOTHING_LOST,
    next:
      details.nextAtMs === undefined
        ? '请在那里完成，或十五分钟后再试。'
        : `请在那里完成，或 ${f.time(details.nextAtMs)} 后再试。`,
  }),
  'slot-void': text('这次尝试已失效', NOTHING_LOST, '请重新开始一次。'),
  'deletion-pending': text('这份备份即将被删除', '现在还能恢复。', '请在已解锁的设备上撤销删除。'),
  'register-failed': text('守护方没有存下他们的一半', '什么都没有创建，所以没有任何损失。', RETRY),
  'read-back-failed': text('这份备份无法恢复', '我们在依赖它之前先试了一次，所以没有任何损失。', '请重试。'),

  'pin-weak': text('这个 PIN 太容易猜到', NOTHING_LOST, '请另选一个。'),
  'pin-wrong': ({ triesLeft }, f) => ({
    title: triesLeft === undefined ? 'PIN 不对' : `PIN 不对。还剩 ${f.number(triesLeft)} 次机会`,
    lost: NOTHING_LOST,
    next: '请试另一个 PIN。',
  }),
  'pin-used-up': text(
    '机会已用完',
    '守护方已经删除了他们的一半。这份备份谁也打不开。',
    '钱包仍然解锁着的设备上，一切都在。请从那里转走。',
  ),
  'realms-empty': text(
    '守护方没有这份备份的一半',
    '这里什么都没有改变，也没有用掉机会。',
    '钱包仍然解锁着的设备上，一切都在。请在那里重新备份。',
  ),
  'try-later': (details, f) => ({
    title: '还不行',
    lost: '没有任何损失，也没有用掉机会。',
    next: nextMoment(details, f),
  }),
  'try-may-be-used': text('答复在途中丢失', '可能用掉了一次机会。此外没有任何损失。', '请再次输入 PIN。'),

  'payload-mismatch': TAMPERED,
  'record-mismatch': TAMPERED,
  'share-malformed': TAMPERED,
  'commitment-mismatch': TAMPERED,
  'decrypt-failed': TAMPERED,
  'owner-mismatch': TAMPERED,
  'statement-invalid': TAMPERED,

  locked: text('钱包已锁定', NOTHING_LOST, '请先解锁。'),
  'password-wrong': text('密码不对', NOTHING_LOST, '请重试。'),
  'password-later': (details, f) => ({
    title: '密码错误次数太多',
    lost: NOTHING_LOST,
    next: nextMoment(details, f),
  }),
  'password-weak': text('密码太短', NOTHING_LOST, '至少十个字符。'),
  'passkey-cancelled': ({ reason }) => ({
    title: '没有使用通行密钥',
    lost: NOTHING_LOST,
    next: reason === 'made' ? `${LEFT_BEHIND}可以随时重新开始。` : '可以随时重试。',
  }),
  'passkey-unsupported': ({ reason }) => ({
    title: '这个通行密钥打不开钱包',
    lost: '这里什么都没有保存，也没有任何损失。',
    next: `它缺少所需的功能（PRF）。${reason === 'made' ? LEFT_BEHIND : ''}请换一个，或使用密码。`,
  }),
  'passkey-wrong': text('这不是这个钱包的通行密钥', NOTHING_LOST, '请用在这里设置的那一个，或使用密码。'),
  'wallet-exists': text('这台设备上已经有钱包', NOTHING_LOST, '请解锁它，或先从这台设备退出。'),
  'wallet-not-found': text('这台设备上没有钱包', '你的备份没有受到影响。', '请登录来恢复。'),
  'wallet-duplicate': text('这里已经有这个钱包', NOTHING_LOST, '请在你的账户中查找。'),
  'device-unlock-needed': text(
    '这台设备要先有一种解锁方式',
    NOTHING_LOST,
    '请选择密码或通行密钥。添加的内容会由它封存。',
  ),
  'bad-phrase': text('这些词不是助记词', NOTHING_LOST, '请与你抄下的核对。'),
  'bad-private-key': text('这不是私钥', NOTHING_LOST, '它有 64 位，由 0 到 9 和 a 到 f 组成。'),
  'storage-failed': ({ reason }) =>
    failsToStore(reason)
      ? { title: '浏览器无法保存', lost: NOTHING_LOST, next: '请在磁盘上腾出空间，再重试。' }
      : {
          title: '无法读取这台设备上保存的内容',
          lost: '免密钥备份没有受到影响。',
          next: '请重试。如果还是这样，请从这台设备退出，重新开始。',
        },
  'keyring-damaged': text(
    '这台设备上保存的内容已损坏',
    '免密钥备份没有受到影响。',
    '请从这台设备退出（解锁页面上的“忘了？”），再用 PIN 恢复。助记词和私钥只能靠你自己的副本取回。',
  ),
  busy: text('还有别的事在进行', NOTHING_LOST, RETRY),
  'bad-message': text('扩展程序的各部分不匹配', NOTHING_LOST, '请关闭浏览器，重新打开，并更新扩展程序。'),

  'bad-contact': text('无法保存', NOTHING_LOST, '请换一个名称或地址。'),
  'bad-network': text('这个网络无法使用', NOTHING_LOST, '请再检查它的节点和链 ID。'),
  'bad-token': text('这不是代币', NOTHING_LOST, '请再检查地址和网络。'),
  'bad-server': text('这个服务器无法使用', NOTHING_LOST, '请再检查它的地址，或选择另一个。'),
  'bad-account': text('无法添加这个账户', NOTHING_LOST, '请先使用前一个账户。'),
  'bad-text': text('无法为这段文字签名', NOTHING_LOST, '请再检查文字和地址。'),
  'bad-labels': text('无法读取这些标签', '什么都没有改变。', '请在生成它的地方重新获取文件。'),
  'labels-full': text(
    '放不下更多标签或搁置的硬币',
    '什么都没有改变。',
    '请在这个币种的任一账户里去掉一些不再需要的，然后再试。',
  ),
  'bad-psbt': text('无法为这个文件签名', NOTHING_LOST, '请在生成它的地方重新获取。'),
  'bad-address': text('这不是地址', '什么都没有发送。', '请重新复制地址。'),
  'bad-amount': text('这不是金额', '什么都没有发送。', '请输入数字，例如 0.25。'),
  'bad-fee': text('这个手续费不行', '什么都没有发送。', '请再检查手续费的数值。'),
  'insufficient-funds': text('加上手续费，超过了你拥有的', '什么都没有发送。', '请少发一些，或先给账户充值。'),
  'request-gone': text('已经没有人在等待它', '没有签署任何东西。网站已离开，或已得到答复。', '请关闭此窗口。'),
  'site-not-allowed': text(
    '浏览器不允许钱包进入该网站',
    '该网站看到的仍是 Halfkey 自己的名称。',
    '请重试，并在浏览器询问时允许。',
  ),
  'quote-expired': text('这个报价已失效', '没有用它发送任何东西。', '请返回，重新核对付款。'),
  'already-mined': text('它已经被打包', '以第一笔交易为准，没有再发送别的。', '请查看记录。'),
  'chain-unreachable': text('网络没有答复', NOTHING_LOST, RETRY),
  'transaction-refused': text('网络拒绝了它', '什么都没有发送。', '请检查金额和手续费，再重试。'),

  ...deviceErrors,

  interrupted: text('被中断了', NOTHING_LOST, '浏览器中途停止了我们。请从这里继续。'),
  unexpected: text('发生了意料之外的事', '你的备份没有受到影响。', RETRY),
};
