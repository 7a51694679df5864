/** A moment inside a sentence: "hoy, 09:14". After a colon Spanish goes on in small letters. */
export const inside = (moment: string): string => moment.charAt(0).toLowerCase() + moment.slice(1);
