package counter

import (
	"fmt"
	"net/http"
)

// Exception says how a report differs from what was asked, or why there is none
// (Code of Practice 5.1, Appendix D, Table D.1).
type Exception struct {
	Code    int    `json:"Code"`
	Message string `json:"Message"`
	Data    string `json:"Data,omitempty"`
}

// The exceptions that occur.
const (
	NotAvailable      = 1000
	Busy              = 1010
	TooManyRequests   = 1020
	Insufficient      = 1030
	UnknownRequestor  = 2000
	NotForInstitution = 2010
	InvalidKey        = 2020
	InvalidDates      = 3020
	NoUsage           = 3030
	NotReady          = 3031
	NoLonger          = 3032
	PartialData       = 3040
	UnknownParameter  = 3050
	InvalidFilter     = 3060
	MixedFilter       = 3061
	InvalidAttribute  = 3062
	NoComponents      = 3063
)

var exceptions = map[int]struct {
	status  int
	message string
}{
	NotAvailable:      {http.StatusServiceUnavailable, "Service Not Available"},
	Busy:              {http.StatusServiceUnavailable, "Service Busy"},
	TooManyRequests:   {http.StatusTooManyRequests, "Client has made too many requests"},
	Insufficient:      {http.StatusBadRequest, "Insufficient Information to Process Request"},
	UnknownRequestor:  {http.StatusUnauthorized, "Requestor Not Authorized to Access Service"},
	NotForInstitution: {http.StatusForbidden, "Requestor is Not Authorized to Access Usage for Institution"},
	InvalidKey:        {http.StatusUnauthorized, "APIKey Invalid"},
	InvalidDates:      {http.StatusBadRequest, "Invalid Date Arguments"},
	NoUsage:           {http.StatusOK, "No Usage Available for Requested Dates"},
	NotReady:          {http.StatusOK, "Usage Not Ready for Requested Dates"},
	NoLonger:          {http.StatusOK, "Usage No Longer Available for Requested Dates"},
	PartialData:       {http.StatusOK, "Partial Data Returned"},
	UnknownParameter:  {http.StatusOK, "Parameter Not Recognized in this Context"},
	InvalidFilter:     {http.StatusOK, "Invalid ReportFilter Value"},
	MixedFilter:       {http.StatusOK, "Incongruous ReportFilter Value"},
	InvalidAttribute:  {http.StatusOK, "Invalid ReportAttribute Value"},
	NoComponents:      {http.StatusOK, "Components Not Supported"},
}

// Except makes one of the exceptions above; what is said further goes into its
// Data.
func Except(code int, format string, args ...any) *Exception {
	return &Exception{Code: code, Message: exceptions[code].message, Data: fmt.Sprintf(format, args...)}
}

// Status is the HTTP status with which it is answered; with 200 it stands in a
// report, as those of the provider's own do.
func (e *Exception) Status() int {
	if x, ok := exceptions[e.Code]; ok {
		return x.status
	}
	return http.StatusOK
}

// String is the form of tables: "3031: Usage Not Ready … (2026-03)".
func (e *Exception) String() string {
	if e.Data == "" {
		return fmt.Sprintf("%d: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%d: %s (%s)", e.Code, e.Message, e.Data)
}
