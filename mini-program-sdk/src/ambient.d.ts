// What every mini-program platform has beyond ECMAScript, and nothing more.

declare function setTimeout(work: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number): void;
declare function setInterval(work: () => void, milliseconds: number): number;
declare function clearInterval(timer: number): void;
