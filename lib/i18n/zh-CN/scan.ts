import type { ScanMessages } from '../language';

export const scan: ScanMessages = {
  'scan.title': '扫描二维码',
  'scan.camera': '使用摄像头',
  'scan.camera.asking': '正在请求使用摄像头',
  'scan.camera.stop': '关闭摄像头',
  'scan.picture': '选择图片',
  'scan.picture.reading': '正在读取图片',
  'scan.drop': '也可以把图片拖到这里，或直接粘贴。',
  'scan.private': '图片只在这台设备上读取，不会保存，也不会发送。',
  'scan.looking': '把二维码放到摄像头前。',
  'scan.looking.slow': '还没有读到内容。请拿近一些，保持不动，并让光线更亮。',
  'scan.none': '在这张图片里没有读到二维码。请靠近些重新拍一张更清晰的，并把整个二维码拍进去。',
  'scan.several': '这里有多个二维码。请只显示你要付款的那一个。',
  'scan.not-payment': '这个二维码不是可以在这里完成的付款。请向收款人再要一个，或直接要地址。',
  'scan.too-large': '这张图片太大。请把二维码裁剪出来，再选择裁剪后的图片。',
  'scan.not-a-picture': '这不是可以读取的图片。请选择 PNG 或 JPEG 图片。',
  'scan.camera.refused': '浏览器不允许在这里使用摄像头。请在地址栏旁边允许后再试，或选择一张图片。',
  'scan.camera.missing': '没有摄像头。请连接一个，或选择一张图片。',
  'scan.camera.silent': '摄像头没有画面。请关闭可能正在使用它的其他程序后再试，或选择一张图片。',
};
