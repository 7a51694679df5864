/**
 * The two events by which the page's end of the line and the bridge find each other. Apart from both: the bridge has no
 * use for what the page's end takes of its world.
 */

/** Dispatched on the window by the page's end: a bridge that is there says the name. */
export const LINE_READY = 'halfkey:line';
/** Dispatched by the bridge, with the name as its detail; who hears it prevents the default. */
export const BRIDGE_READY = 'halfkey:bridge';
