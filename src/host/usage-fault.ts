/** The command line itself is at fault, not what it asked for. */
export class UsageFault extends Error {}
