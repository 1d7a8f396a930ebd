// What is shown of names and numbers. By code points: rare characters of names lie outside the first plane.

function stars(count: number): string {
  return new Array(count + 1).join("*");
}

/** `张三` as `张*`, `欧阳某某` as `欧***`. */
export function maskName(name: string): string {
  const points = Array.from(name.trim());
  if (points.length === 0) return "";
  return points.length === 1 ? "*" : points[0] + stars(points.length - 1);
}

/** The first and the last character of an identity number; anything shorter than six is hidden whole. */
export function maskId(number: string): string {
  const points = Array.from(number.trim());
  if (points.length < 6) return stars(points.length);
  return points[0] + stars(points.length - 2) + points[points.length - 1];
}

/** `13812345678` as `138****5678`. */
export function maskPhone(number: string): string {
  const bare = number.replace(/\s/g, "");
  return /^\d{11}$/.test(bare) ? bare.slice(0, 3) + "****" + bare.slice(7) : stars(bare.length);
}
