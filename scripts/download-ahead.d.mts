export declare const AHEAD_VARIABLE: 'N8N_HOST_DOWNLOADED_AHEAD';
export declare const installArguments: readonly string[];
export declare function downloadAhead(root: string): NodeJS.ProcessEnv;
