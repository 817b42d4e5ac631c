import { VERSION } from './version.ts';

/** How the package comes into a project. It is on no registry: its name alone would find nothing, or somebody else's. */
export const INSTALL = `npm install /path/to/subterfuge-${VERSION}.tgz`;
export const INSTALL_NOTE = 'not on npm yet: "npm ci && npm pack" in a clone of the repository makes it';
