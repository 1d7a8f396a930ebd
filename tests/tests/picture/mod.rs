//! Codes on pictures, read by a decoder of somebody else's.

use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// What a camera sees, or a screen shows: rows of grey.
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    pub fn of(picture: &Path) -> Result<Grey> {
        let mut decoder = png::Decoder::new(BufReader::new(File::open(picture)?));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().context("a picture too large")?];
        let frame = reader.next_frame(&mut pixels)?;
        let (width, height) = (usize::try_from(frame.width)?, usize::try_from(frame.height)?);
        let samples = frame.color_type.samples();
        let pixels = pixels.chunks(samples).filter_map(|of| of.first().copied()).take(width * height).collect();
        Ok(Grey { width, height, pixels })
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels.get(y * self.width + x).copied().filter(|_| x < self.width).unwrap_or(255)
    }

    /// The same with half as many rows and columns, each the mean of four, from so many pixels right and down on: whoever
    /// holds a camera does not hold it still.
    #[allow(dead_code, reason = "not every test looks through a cheap camera")]
    pub fn halved(&self, right: usize, down: usize) -> Grey {
        let (width, height) = ((self.width - right) / 2, (self.height - down) / 2);
        let mean = |x: usize, y: usize| {
            let four =
                [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(beside, below)| u16::from(self.at(x + beside, y + below)));
            u8::try_from(four.iter().sum::<u16>() / 4).unwrap_or(255)
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (2 * x + right, 2 * y + down)));
        Grey { width, height, pixels: places.map(|(x, y)| mean(x, y)).collect() }
    }

    /// The one code, and its middle.
    pub fn read(&self) -> Result<(String, [usize; 2])> {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.at(x, y));
        let grids = image.detect_grids();
        ensure!(grids.len() == 1, "{} codes in the picture", grids.len());
        let grid = grids.first().context("no code")?;
        let middle = |of: fn(&rqrr::Point) -> i32| -> Result<usize> {
            Ok(usize::try_from(grid.bounds.iter().map(of).sum::<i32>() / 4)?)
        };
        let middle = [middle(|point| point.x)?, middle(|point| point.y)?];
        Ok((grid.decode()?.1, middle))
    }

    /// A film for a camera before which this is held, its code in the middle.
    #[allow(dead_code, reason = "not every test holds something before a camera")]
    pub fn film(&self, to: &Path) -> Result<()> {
        const WIDTH: usize = 640;
        const HEIGHT: usize = 480;
        let [x, y] = self.read()?.1;
        let (left, top) = (x.saturating_sub(WIDTH / 2), y.saturating_sub(HEIGHT / 2));
        let mut file = File::create(to)?;
        writeln!(file, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420mpeg2")?;
        let rows = (0..HEIGHT).flat_map(|row| (0..WIDTH).map(move |column| (column, row)));
        let light: Vec<u8> = rows.map(|(column, row)| self.at(left + column, top + row)).collect();
        for _ in 0..20 {
            file.write_all(b"FRAME\n")?;
            file.write_all(&light)?;
            file.write_all(&vec![128; WIDTH * HEIGHT / 2])?;
        }
        Ok(())
    }
}

/// What a picture's one code says.
#[allow(dead_code, reason = "not every test reads whole pictures")]
pub fn read(picture: &Path) -> Result<String> {
    Ok(Grey::of(picture)?.read()?.0)
}
