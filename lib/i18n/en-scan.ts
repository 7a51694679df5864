/** The English texts of reading QR codes. */
export const scanMessages = {
  'scan.title': 'Scan a QR code',
  'scan.camera': 'Use the camera',
  'scan.camera.asking': 'Asking for the camera',
  'scan.camera.stop': 'Stop the camera',
  'scan.picture': 'Choose a picture',
  'scan.picture.reading': 'Reading the picture',
  'scan.drop': 'You can also drop a picture here, or paste one.',
  'scan.private': 'Pictures are read on this device. They are not kept and not sent.',
  'scan.looking': 'Hold the code in front of the camera.',
  'scan.looking.slow': 'Nothing could be read yet. Hold it still and closer, in more light.',
  'scan.none': 'No QR code could be read in this picture. Take a sharper one from closer, with the whole code in it.',
  'scan.several': 'There are several QR codes. Show only the one that you want to pay.',
  'scan.not-payment':
    'This QR code asks for no payment that can be made here. Ask whoever is to be paid for another one, or for the address.',
  'scan.too-large': 'This picture is too large. Cut out the code, and choose that.',
  'scan.not-a-picture': 'That is no picture that can be read. Choose a PNG or a JPEG.',
  'scan.camera.refused':
    'The browser does not allow the camera here. Allow it beside the address bar and try again, or choose a picture.',
  'scan.camera.missing': 'There is no camera. Connect one, or choose a picture.',
  'scan.camera.silent':
    'The camera gives no picture. Close other programs that may be using it and try again, or choose a picture.',
};
