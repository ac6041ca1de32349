package figure

import (
	"image"

	"golang.org/x/image/draw"
)

// maxScratch bounds what the better kernel needs beside the picture.
const maxScratch = 256 << 20

// reduced averages squares of n by n pixels; with n below 2 it only brings the
// picture into the one form that the rest works on, 8 bits a colour. Dividing
// by whole numbers first keeps memory and time of the scaling small.
func reduced(src image.Image, n int) *image.RGBA {
	b := src.Bounds()
	if n < 2 {
		dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
		draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
		return dst
	}
	at, ok := src.(image.RGBA64Image)
	if !ok {
		return reduced(reduced(src, 1), n)
	}
	w, h := max(1, b.Dx()/n), max(1, b.Dy()/n)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var sum [4]uint64
			count := uint64(0)
			for sy := b.Min.Y + y*n; sy < min(b.Min.Y+(y+1)*n, b.Max.Y); sy++ {
				for sx := b.Min.X + x*n; sx < min(b.Min.X+(x+1)*n, b.Max.X); sx++ {
					c := at.RGBA64At(sx, sy)
					sum[0] += uint64(c.R)
					sum[1] += uint64(c.G)
					sum[2] += uint64(c.B)
					sum[3] += uint64(c.A)
					count++
				}
			}
			i := dst.PixOffset(x, y)
			for k := range sum {
				dst.Pix[i+k] = uint8((sum[k]/count*255 + 32767) / 65535)
			}
		}
	}
	return dst
}

// scaled brings a picture to a size; one that has it is returned as it is.
func scaled(src *image.RGBA, w, h int) *image.RGBA {
	if src.Rect.Dx() == w && src.Rect.Dy() == h {
		return src
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	var kernel draw.Scaler = draw.CatmullRom
	if w*src.Rect.Dy()*32 > maxScratch {
		kernel = draw.ApproxBiLinear
	}
	kernel.Scale(dst, dst.Rect, src, src.Rect, draw.Src, nil)
	return dst
}

// turned undoes an orientation (Exif 2.32, tag 0112): what a camera or a
// scanner says about which side of the pixels is up.
func turned(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			dx, dy := x, y
			switch orientation {
			case 2:
				dx = w - 1 - x
			case 3:
				dx, dy = w-1-x, h-1-y
			case 4:
				dy = h - 1 - y
			case 5:
				dx, dy = y, x
			case 6:
				dx, dy = h-1-y, x
			case 7:
				dx, dy = h-1-y, w-1-x
			case 8:
				dx, dy = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(dx, dy):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// drawing tells a drawing from a photograph: in a drawing more than half of
// the pixels are the same as the one before them. Rows are looked at here and
// there, about two hundred.
func drawing(img *image.RGBA) bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w < 2 {
		return true
	}
	same, all := 0, 0
	for y := 0; y < h; y += max(1, h/200) {
		row := img.Pix[img.PixOffset(0, y):][:4*w]
		for x := 4; x < len(row); x += 4 {
			if all++; string(row[x:x+4]) == string(row[x-4:x]) {
				same++
			}
		}
	}
	return same*2 > all
}
