import type { ScanMessages } from '../language';

export const scan: ScanMessages = {
  'scan.title': 'Escanear un código QR',
  'scan.camera': 'Usar la cámara',
  'scan.camera.asking': 'Pidiendo la cámara',
  'scan.camera.stop': 'Apagar la cámara',
  'scan.picture': 'Elegir una imagen',
  'scan.picture.reading': 'Leyendo la imagen',
  'scan.drop': 'También puedes soltar o pegar aquí una imagen.',
  'scan.private': 'Las imágenes se leen en este dispositivo. No se guardan ni se envían.',
  'scan.looking': 'Pon el código delante de la cámara.',
  'scan.looking.slow': 'Todavía no se ha podido leer nada. Acércalo y no lo muevas, con más luz.',
  'scan.none':
    'No se ha podido leer ningún código QR en esta imagen. Haz una más nítida y de más cerca, con el código entero.',
  'scan.several': 'Hay varios códigos QR. Muestra solo el que quieres pagar.',
  'scan.not-payment':
    'Este código QR no pide ningún pago que se pueda hacer aquí. Pide otro a quien va a cobrar, o su dirección.',
  'scan.too-large': 'Esta imagen es demasiado grande. Recorta el código y elige el recorte.',
  'scan.not-a-picture': 'Eso no es una imagen que se pueda leer. Elige un PNG o un JPEG.',
  'scan.camera.refused':
    'El navegador no permite usar la cámara aquí. Permítela junto a la barra de direcciones y vuelve a intentarlo, o elige una imagen.',
  'scan.camera.missing': 'No hay ninguna cámara. Conecta una o elige una imagen.',
  'scan.camera.silent':
    'La cámara no da imagen. Cierra otros programas que puedan estar usándola y vuelve a intentarlo, o elige una imagen.',
};
