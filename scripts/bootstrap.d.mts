export function checkNode(version?: string): void;
export function packagesAreCurrent(root?: string): boolean;
export function refuseLinkedPackages(root?: string): void;
export function installTestNodes(): void;
export function findChromium(): Promise<string | undefined>;
export function findFirefox(): Promise<string | undefined>;
export function firefoxIfPossible(): Promise<string | undefined>;
export const HOW_TO_GET_FIREFOX: string;
export function bootstrap(): Promise<{ chromium: string }>;
