package blob

// OpenFolder opens a folder that syncs file by file, as it is done where a file
// system cannot be synced as a whole.
func OpenFolder(root string) (Store, error) {
	f, err := openFolder(root)
	if err != nil {
		return nil, err
	}
	f.bulk = false
	return f, nil
}

// ParseS3 tells what an s3:// address says.
func ParseS3(address string) (bucket, prefix, host, region string, secure bool, err error) {
	c, err := parseS3(address)
	return c.bucket, c.prefix, c.host, c.region, c.secure, err
}
